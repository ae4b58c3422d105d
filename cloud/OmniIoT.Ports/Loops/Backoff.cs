namespace OmniIoT.Ports.Loops;

/// <summary>
/// How long to wait before the next try: doubles with each failure, with jitter, so that what failed together does not come back
/// together.
/// </summary>
/// <param name="First">After the first failure, at most.</param>
/// <param name="Longest">However often it failed.</param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Longest)
{
    private const int MostDoublings = 30;

    /// <param name="failures">In a row; 1 or more.</param>
    /// <param name="random">A number from 0 to 1, which shortens the wait by up to a half.</param>
    public TimeSpan After(int failures, double random)
    {
        TimeSpan full = First * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return (full < Longest ? full : Longest) * (1 - random / 2);
    }
}
