package io.holdfast.console.api;

import java.util.List;

/** Restores, newest first. */
record RestoresAnswer(List<RestoreAnswer> restores) {}
