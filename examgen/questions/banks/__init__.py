"""Banks: items that an instructor writes as TOML, made into families like those in Python."""
