namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>What a signal looks like while nothing is wrong.</summary>
internal static class SyntheticSignal
{
    public static double[] Make(SignalKind kind, int readings, int perDay, Random random)
    {
        double scale = Math.Pow(10, random.Next(-1, 4));
        double offset = random.NextDouble() * 3;
        double noise = 0.03 + (random.NextDouble() * 0.2);
        int cycle = random.Next(20, 150);
        double[] values = new double[readings];
        double state = 0;
        double speed = 0;
        int level = 0;
        double burst = 0;
        for (int i = 0; i < readings; i++)
        {
            double day = (double)i % perDay / perDay;
            bool weekend = i / perDay % 7 >= 5;
            double normal = Normal(random);
            switch (kind)
            {
                case SignalKind.Temperature:
                    state = (0.99 * state) + (0.1 * noise * normal);
                    values[i] = offset + 2 + (0.5 * Math.Sin((day - 0.4) * Math.Tau)) + state + (0.2 * noise * Normal(random));
                    break;
                case SignalKind.Utilisation:
                    burst = random.NextDouble() < 0.01 ? 2 + (random.NextDouble() * 2) : burst * 0.7;
                    values[i] = Math.Max(1 + (noise * normal) + burst, 0);
                    break;
                case SignalKind.Visits:
                    double rate = (10 + (9 * Math.Sin((day - 0.35) * Math.Tau))) * (weekend ? 0.6 : 1) * (1 + offset);
                    values[i] = Math.Max(Math.Round(rate + (Math.Sqrt(rate) * normal) + (random.NextDouble() < 0.01 ? rate : 0)), 0);
                    break;
                case SignalKind.Shift:
                    values[i] = offset + (day is > 0.33 and < 0.75 && !(weekend && offset > 1.5) ? 3 : 0) + (0.2 * noise * normal);
                    break;
                case SignalKind.Traffic:
                    values[i] = Math.Exp((0.5 + noise * 3) * normal) + offset;
                    break;
                case SignalKind.Compressor:
                    double phase = (double)(i % cycle) / cycle;
                    values[i] = offset + 3 + (phase < 0.3 ? phase / 0.3 : (1 - phase) / 0.7) + (0.3 * noise * normal);
                    break;
                case SignalKind.States:
                    level = random.NextDouble() < 0.03 ? (level + 1) % 3 : level;
                    values[i] = offset + level + (0.1 * noise * normal);
                    break;
                default:
                    speed = (0.95 * speed) + (0.01 * normal);
                    state += speed - (0.002 * state);
                    values[i] = offset + 5 + state + (0.02 * noise * Normal(random));
                    break;
            }
        }
        for (int i = 0; i < readings; i++)
            values[i] *= scale;
        return values;
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
