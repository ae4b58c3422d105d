namespace OmniIoT.Domain.Places.Index;

/// <summary>A rectangle in degrees; a west below −180 or an east above 180 runs on across the antimeridian.</summary>
internal readonly record struct Bounds(double South, double West, double North, double East)
{
    public bool Contains(double latitude, double longitude) =>
        latitude >= South && latitude <= North && longitude >= West && longitude <= East;
}
