namespace OmniIoT.Simulators.Physics;

/// <summary>Chance as machines show it, from a seeded source.</summary>
internal static class Chance
{
    /// <summary>Normally distributed around zero (Box-Muller).</summary>
    public static double Noise(this Random random, double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Whether something that happens so often on average happens within a step.</summary>
    public static bool Happens(this Random random, double timesPerHour, TimeSpan step) =>
        random.NextDouble() < 1 - Math.Exp(-timesPerHour * step.TotalHours);

    public static double Between(this Random random, double least, double most) => least + ((most - least) * random.NextDouble());
}
