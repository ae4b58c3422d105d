using System.Globalization;

namespace OmniIoT.Devices.Tests;

/// <summary>Random readings, some late, some sent again, against an oracle that looks at all of them at every message.</summary>
public sealed class RuleWindowOracleTests
{
    [Theory]
    [InlineData("avg", 12)]
    [InlineData("min", 4)]
    [InlineData("max", 18)]
    [InlineData("sum", 60)]
    [InlineData("count", 5)]
    [InlineData("stddev", 5)]
    [InlineData("delta", 3)]
    [InlineData("rate", 0.1)]
    public void Windows_agree_with_the_oracle(string function, double bound)
    {
        int transitions = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            int seconds = random.Next(20, 120);
            TestDevice device = TestDevice.Of(string.Create(CultureInfo.InvariantCulture, $"{function}(t, {seconds}s) > {bound}"));
            SortedDictionary<int, double> readings = new();
            (int at, int newest, bool isActive) = (0, int.MinValue, false);
            for (int message = 0; message < 150; message++)
            {
                at = Math.Max(0, at + (random.Next(8) == 0 ? -random.Next(80) : random.Next(30)));
                newest = Math.Max(newest, at);
                int value = random.Next(20);
                readings[at] = value;
                if (random.Next(20) == 0)
                    device.Restart();

                double result = Evaluate(function, [.. readings.Where(reading => reading.Key > newest - seconds && reading.Key <= newest)]);
                // What is unknown neither raises nor clears.
                bool holds = double.IsNaN(result) ? isActive : result > bound;
                string expected =
                    holds == isActive ? ""
                    : holds ? $"raised@{newest} since {newest}"
                    : $"cleared@{newest}";
                if (holds != isActive)
                    transitions++;
                isActive = holds;

                Assert.Equal($"{seed}/{message}: {expected}", $"{seed}/{message}: {device.Say(at, $"{{\"t\":{value}}}")}");
            }
        }
        Assert.True(transitions > 50, $"only {transitions} alarms were raised or cleared: the histories prove nothing");
    }

    private static double Evaluate(string function, List<KeyValuePair<int, double>> window)
    {
        List<double> values = window.ConvertAll(reading => reading.Value);
        double delta = values[^1] - values[0];
        return function switch
        {
            "avg" => values.Average(),
            "min" => values.Min(),
            "max" => values.Max(),
            "sum" => values.Sum(),
            "count" => values.Count,
            "stddev" => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2))),
            "delta" => delta,
            _ => window.Count < 2 ? double.NaN : delta / (window[^1].Key - window[0].Key),
        };
    }
}
