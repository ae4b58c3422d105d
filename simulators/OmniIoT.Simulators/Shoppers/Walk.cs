namespace OmniIoT.Simulators.Shoppers;

/// <summary>A person on foot: straight to the next place at an even pace, then some time there.</summary>
internal sealed class Walk(GeoPoint start)
{
    private const double MetersPerSecond = 1.4;

    private GeoPoint _target = start;
    private TimeSpan _stay;

    public GeoPoint Position { get; private set; } = start;

    /// <summary>Arrived and stayed long enough.</summary>
    public bool IsDone { get; private set; } = true;

    public void GoTo(GeoPoint target, TimeSpan stay) => (_target, _stay, IsDone) = (target, stay, false);

    public void Advance(TimeSpan elapsed)
    {
        double distance = Position.MetersTo(_target);
        double reach = MetersPerSecond * elapsed.TotalSeconds;
        if (distance > reach)
        {
            (double east, double north) = _target.From(Position);
            Position = Position.Offset(east * reach / distance, north * reach / distance);
            return;
        }
        Position = _target;
        _stay -= elapsed;
        IsDone = _stay <= TimeSpan.Zero;
    }
}
