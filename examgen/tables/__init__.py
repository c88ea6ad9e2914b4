"""Tables: what authors write as TOML, read with the line of every key at hand."""
