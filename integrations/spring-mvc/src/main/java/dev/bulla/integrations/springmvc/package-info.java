/** A thin adapter between the web handlers of core and Spring: MVC carries requests, Security says who is calling, RestClient calls as a member. */
@NullMarked
package dev.bulla.integrations.springmvc;

import org.jspecify.annotations.NullMarked;
