"""Speed, as ratios within one run: `make bench`."""

from benchmarks import classes, forms, judging, pdf, start, worst

if __name__ == "__main__":
    start.report()
    forms.report()
    pdf.report()
    judging.report()
    worst.report()
    classes.report()
