"""What can be taken along of a survey and of a project: files, made when somebody asks for them."""
