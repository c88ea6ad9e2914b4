"""Documents: pages from an exam and from grades. Nothing is computed here, only laid out."""
