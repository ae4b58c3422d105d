namespace OmniIoT.Ports;

/// <summary>Names this run of the process.</summary>
public sealed record Incarnation(string Name);
