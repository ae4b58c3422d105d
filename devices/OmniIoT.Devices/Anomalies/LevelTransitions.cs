namespace OmniIoT.Devices.Anomalies;

/// <summary>How often one coarse level followed another.</summary>
internal sealed class LevelTransitions
{
    private const int Levels = 8;

    /// <summary>So many changes from a level are remembered; then half of them are forgotten.</summary>
    private const int Memory = 500;

    /// <summary>Each change counts as seen so often before it is.</summary>
    private const double Unseen = 0.05;

    private static readonly double[] Bounds = [-2, -1.2, -0.5, 0, 0.5, 1.2, 2];
    private readonly float[] _counts = new float[Levels * Levels];
    private readonly float[] _sums = new float[Levels];
    private int _level = -1;

    public const int Bytes = (((Levels * Levels) + Levels) * sizeof(float)) + sizeof(int);

    /// <summary>Surprise of this level after the one before, in nats; then it is learnt.</summary>
    /// <param name="deviations">From the usual level.</param>
    public double Take(double deviations)
    {
        int level = 0;
        while (level < Bounds.Length && deviations >= Bounds[level])
            level++;
        (int before, _level) = (_level, level);
        if (before < 0)
            return 0;
        ref float count = ref _counts[(before * Levels) + level];
        double surprise = -Math.Log((count + Unseen) / (_sums[before] + (Levels * Unseen)));
        count++;
        if (++_sums[before] > Memory)
            Halve(before);
        return surprise;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Int32(_level);
        foreach (float count in _counts)
            writer.Single(count);
        foreach (float sum in _sums)
            writer.Single(sum);
    }

    public void Read(ref SnapshotReader reader)
    {
        _level = Math.Clamp(reader.Int32(), -1, Levels - 1);
        foreach (ref float count in _counts.AsSpan())
            count = reader.Single();
        foreach (ref float sum in _sums.AsSpan())
            sum = reader.Single();
    }

    private void Halve(int level)
    {
        foreach (ref float count in _counts.AsSpan(level * Levels, Levels))
            count /= 2;
        _sums[level] /= 2;
    }
}
