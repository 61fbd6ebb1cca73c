/**
 * Processes that embed Bulla are killed at named points, on a real PostgreSQL and before real authorization servers; those that are
 * left use the accounts. Each test says what must be true then, account for account.
 */
package dev.bulla.crashes;
