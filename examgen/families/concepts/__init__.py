"""Questions without computation: what holds of networks, and what only sounds so."""
