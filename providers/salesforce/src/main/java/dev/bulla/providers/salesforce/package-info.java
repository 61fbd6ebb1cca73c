/** Everything that only Salesforce does. */
@NullMarked
package dev.bulla.providers.salesforce;

import org.jspecify.annotations.NullMarked;
