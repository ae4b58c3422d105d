namespace OmniIoT.Simulators;

/// <summary>A person on foot: straight to the next place at an even pace, then some time there.</summary>
internal sealed class Walk(Position start)
{
    private const double MetersPerSecond = 1.4;

    private Position _target = start;
    private TimeSpan _stay;

    public Position Position { get; private set; } = start;

    /// <summary>Arrived and stayed long enough.</summary>
    public bool IsDone { get; private set; } = true;

    public void GoTo(Position target, TimeSpan stay) =>
        (_target, _stay, IsDone) = (target, stay, false);

    public void Advance(TimeSpan elapsed)
    {
        var distance = Position.MetersTo(_target);
        var reach = MetersPerSecond * elapsed.TotalSeconds;
        if (distance > reach)
        {
            var (east, north) = _target.From(Position);
            Position = Position.Offset(east * reach / distance, north * reach / distance);
            return;
        }
        Position = _target;
        _stay -= elapsed;
        IsDone = _stay <= TimeSpan.Zero;
    }
}
