"""The house notation of formulas, read: for those who set or measure formulas without TeX."""
