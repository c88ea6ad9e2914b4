"""Linear algebra: powers of matrices, PageRank."""
