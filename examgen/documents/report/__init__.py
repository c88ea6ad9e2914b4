"""The item analysis as a page, as a table, as JSON and on the terminal. Never computes."""
