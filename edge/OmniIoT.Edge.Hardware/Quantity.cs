namespace OmniIoT.Edge.Hardware;

/// <summary>Something that a sensor measures.</summary>
/// <param name="Name">As the settings' <c>metrics</c> call it, as <c>temperature</c>.</param>
/// <param name="Unit">UCUM code of its numbers, as <c>Cel</c>; <c>1</c> where there is none, as for states.</param>
public readonly record struct Quantity(string Name, string Unit);
