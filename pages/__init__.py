"""One script per page: which figures, in which order, with which words. Nothing else."""
