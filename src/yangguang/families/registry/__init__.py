"""Households, persons, facts and photos: the e-file (困难群众基本信息数据库)."""
