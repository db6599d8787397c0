"""Files in and out: readers give checked votes or say where a file is wrong."""
