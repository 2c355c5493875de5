package io.holdfast.console.api;

import java.util.List;

/** Incidents: the open ones first, each part newest first. */
record IncidentsAnswer(List<IncidentAnswer> incidents) {}
