package io.holdfast.sources.engine;

/**
 * @param engine such as 20.10.24
 * @param api the newest API version it speaks, such as 1.41
 */
public record EngineVersion(String engine, String api) {}
