namespace OmniIoT.Simulators.Physics;

/// <summary>
/// Damage from 0 (new) to 1 (broken) that feeds itself: slow at first, then ever faster, so that it shows before it
/// breaks. A new part lasts about 1.6 of its nominal hours under full load.
/// </summary>
internal struct Wear(double nominalHours, double level = 0)
{
    private const double SelfFeeding = 4;

    public double Level { get; private set; } = level;

    /// <param name="load">0 at rest, 1 at full load.</param>
    public void Step(TimeSpan elapsed, double load) =>
        Level = Math.Min(1, Level + (elapsed.TotalHours / nominalHours * load * 0.25 * (1 + (SelfFeeding * Level))));

    public void Repair() => Level = 0;
}
