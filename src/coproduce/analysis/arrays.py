"""Which kinds of arrays pass from one part of the arithmetic to the next?"""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Columns = NDArray[np.int32]  # which statement: as many as there are votes, so kept narrow
Choices = NDArray[np.int8]  # 1 agree, 0 pass, -1 disagree
Hashes = NDArray[np.uint64]
