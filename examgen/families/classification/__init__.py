"""Classification: logistic regression, support vectors, naive Bayes, neighbours, rates."""
