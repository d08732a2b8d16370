# the header of a leaf page
14336 ffffffffffffffffffffffffffffffff
