"""Table → screen: everything between a release on disk and what people see."""
