"""The process that carries scores to DOJ and answers its notices."""
