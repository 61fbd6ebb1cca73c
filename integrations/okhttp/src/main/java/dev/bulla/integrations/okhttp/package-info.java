/** For code that speaks OkHttp: its calls go through a member's session. */
@NullMarked
package dev.bulla.integrations.okhttp;

import org.jspecify.annotations.NullMarked;
