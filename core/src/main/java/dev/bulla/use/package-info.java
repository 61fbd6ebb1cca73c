/** The use of credentials: one slim read a call, the opened credential kept while nothing moved, and the door to the service's API. */
@NullMarked
package dev.bulla.use;

import org.jspecify.annotations.NullMarked;
