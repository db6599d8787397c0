"""A report as files, made when asked for: PDF, slides, a document to edit."""
