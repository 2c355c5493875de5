package io.holdfast.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * For tests of what a console says that was told nothing yet, and for those that tell it what no other should know. Its property
 * means nothing, and keeps it apart from the console that the other classes share.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestPropertySource(properties = "for.one.class = true")
@DirtiesContext
@interface FreshConsole {}
