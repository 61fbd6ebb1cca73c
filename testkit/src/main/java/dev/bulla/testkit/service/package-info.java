/**
 * What an authorization server decides, without HTTP: apps, users, codes, grants, token families, and the misfortune that a test
 * orders. {@link dev.bulla.testkit.service.OAuthService} is the door; the real server and the in-process fake both stand behind it.
 */
@NullMarked
package dev.bulla.testkit.service;

import org.jspecify.annotations.NullMarked;
