"""Data whose features have a fixed meaning each, in no order."""

from examgen.families.concepts._scenarios.scenario import Scenario

SCENARIOS = (
    Scenario(
        "iris_measurements",
        "Flowers, each with the length and width of its sepals and petals; predict the species",
        "The four lengths are columns of a table; in which order they stand means nothing.",
    ),
    Scenario(
        "diabetes_patients",
        "Patients with age, weight, blood pressure and six blood values; predict how a disease "
        "develops",
        "Age, weight and blood values are columns with a meaning of their own each.",
    ),
    Scenario(
        "house_prices",
        "Houses with floor area, year built, number of rooms and garden size; predict the price",
        "Every column has one meaning for all houses, and no column is the neighbour of another.",
    ),
    Scenario(
        "loan_applications",
        "Loan applications with income, age, debts and years in the job; predict whether the loan "
        "is paid back",
        "Income, age and debts are columns of a table in no particular order.",
    ),
    Scenario(
        "wine_chemistry",
        "Wines with eleven chemical measurements each, from acidity to alcohol; predict a grade",
        "Eleven measurements are eleven columns; a pattern cannot move from one to the next.",
    ),
    Scenario(
        "bicycle_rentals",
        "Days with temperature, wind speed, weekday and holiday; predict how many bicycles are "
        "rented",
        "Each day is one row of a table, with columns of a fixed meaning.",
    ),
    Scenario(
        "shuffled_pixels",
        "Images of digits whose pixels were all rearranged by one random permutation, the same for "
        "every image; predict the digit",
        "After the permutation neighbours no longer belong together. What is left is a column for "
        "each pixel, with the same meaning in every image.",
        subtle=True,
    ),
    Scenario(
        "blood_values_in_a_square",
        "Patients with 36 blood values each, stored as a matrix of 6 rows and 6 columns; predict "
        "whether they are ill",
        "The matrix is a way to store 36 columns of a table; which of them lie side by side is "
        "chance.",
        subtle=True,
    ),
    Scenario(
        "word_counts",
        "Messages, of which only the number of times that each word of a list occurs is known; "
        "predict whether they are spam",
        "Counts have no order left: each word of the list is one column of a table.",
        subtle=True,
    ),
    Scenario(
        "survey_answers",
        "A survey with 40 yes-or-no questions, printed in a random order; predict the age of who "
        "answered",
        "Each question is a column of its own, and their order on the page means nothing.",
        subtle=True,
    ),
)
