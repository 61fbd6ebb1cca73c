/** Journeys of owners and members in a real browser: what no test without one can see. */
package dev.bulla.browser;
