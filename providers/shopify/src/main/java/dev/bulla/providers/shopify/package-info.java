/** Everything that only Shopify does. */
@NullMarked
package dev.bulla.providers.shopify;

import org.jspecify.annotations.NullMarked;
