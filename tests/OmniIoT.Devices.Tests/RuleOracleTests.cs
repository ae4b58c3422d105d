using System.Globalization;

namespace OmniIoT.Devices.Tests;

/// <summary>Random devices against an oracle that looks at the whole history again at every message.</summary>
public sealed class RuleOracleTests
{
    private const double LongestGapSeconds = 180;

    [Theory]
    [InlineData("t > 5 for {d}s", null, "t")]
    [InlineData("t > 5", "t < 4 for {d}s", "t")]
    [InlineData("t > 5 for {d}s", "not t > 5 for {d}s", "t")]
    [InlineData("t > 5 and p > 5 for {d}s", null, "tp")]
    [InlineData("t > 5 or p > 5 for {d}s", "t < 6 and p < 6 for {d}s", "tp")]
    [InlineData("not (t > 5 and p > 5) for {d}s", null, "tp")]
    [InlineData("t + p > 11 for {d}s", "t - p < 3", "tp")]
    public void Rules_agree_with_the_oracle(string when, string? clear, string metrics)
    {
        int alarms = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            // What was heard before a restart is not judged again.
            bool hasLate = seed % 2 == 0;
            int seconds = random.Next(1, 100);
            string duration = seconds.ToString(CultureInfo.InvariantCulture);
            TestDevice device = TestDevice.Of(
                when.Replace("{d}", duration, StringComparison.Ordinal),
                clear?.Replace("{d}", duration, StringComparison.Ordinal)
            );
            Oracle oracle = new(when, clear, metrics, seconds);
            int newest = 0;
            for (int message = 0; message < 60; message++)
            {
                newest += random.Next(12) == 0 ? random.Next(170, 200) : random.Next(40);
                int at = hasLate && random.Next(3) == 0 ? newest - random.Next(180) : newest;
                double? t = random.Next(4) == 0 ? null : random.Next(3, 9);
                double? p = random.Next(4) == 0 ? null : random.Next(3, 9);
                string values = string.Join(
                    ',',
                    new[] { t is null ? null : $"\"t\":{t}", p is null ? null : $"\"p\":{p}" }.Where(value => value is not null)
                );
                if (!hasLate && random.Next(20) == 0)
                    device.Restart();

                device.Say(at, $"{{{values}}}");

                Assert.Equal($"{seed}/{message}: {oracle.Say(at, t, p)}", $"{seed}/{message}: {device.Alarms}");
            }
            alarms += oracle.Count;
        }
        Assert.True(alarms > 10, $"only {alarms} alarms were raised: the histories prove nothing");
    }

    private sealed class Oracle(string when, string? clear, string metrics, int seconds)
    {
        private readonly List<(int At, double? T, double? P)> _all = [];

        /// <summary>Of alarms after the last message.</summary>
        public int Count { get; private set; }

        /// <summary>All alarms, from all messages in the order of their times.</summary>
        public string Say(int at, double? t, double? p)
        {
            _all.Insert(_all.Count(said => said.At <= at), (at, t, p));
            List<string> alarms = [];
            string? standing = null;
            int? since = null;
            for (int i = 0; i < _all.Count; i++)
            {
                int now = _all[i].At;
                string? condition = standing is null ? when : clear;
                since =
                    condition is null || Holds(condition, i) != true ? null
                    : since is null || (since < now && metrics.Any(metric => IsMissing(metric, i))) ? now
                    : since;
                bool isDue = since is not null && (!IsTimed(condition!) || now - since >= seconds);
                if (standing is null && isDue)
                    (standing, since) = ($"{now}–{{0}} since {(IsTimed(when) ? since : now)}", null);
                else if (standing is not null && (clear is null ? Holds(when, i) == false : isDue))
                {
                    alarms.Add(standing.Replace("{0}", $"{now}", StringComparison.Ordinal));
                    // The condition was judged all the while, and does not hold now, or asks for no time.
                    (standing, since) = (null, Holds(when, i) == true ? SinceAt(i) : null);
                }
            }
            if (standing is not null)
                alarms.Add(standing.Replace("{0}", "", StringComparison.Ordinal));
            Count = alarms.Count;
            return string.Join(", ", alarms);
        }

        private static bool IsTimed(string text) => text.Contains("for", StringComparison.Ordinal);

        /// <summary>Since when what raises the alarm holds.</summary>
        private int? SinceAt(int index)
        {
            int? since = null;
            for (int i = 0; i <= index; i++)
            {
                if (Holds(when, i) != true)
                    since = null;
                else if (since is null || (since < _all[i].At && metrics.Any(metric => IsMissing(metric, i))))
                    since = _all[i].At;
            }
            return since;
        }

        private bool? Holds(string text, int judged)
        {
            double? t = Newest('t', judged);
            double? p = Newest('p', judged);
            return text.Replace(" for {d}s", "", StringComparison.Ordinal) switch
            {
                "t > 5" => t > 5 is var holds && t is not null ? holds : null,
                "t < 4" => t is null ? null : t < 4,
                "not t > 5" => t is null ? null : !(t > 5),
                "t > 5 and p > 5" => And(t is null ? null : t > 5, p is null ? null : p > 5),
                "t > 5 or p > 5" => !And(t is null ? null : !(t > 5), p is null ? null : !(p > 5)),
                "not (t > 5 and p > 5)" => !And(t is null ? null : t > 5, p is null ? null : p > 5),
                "t < 6 and p < 6" => And(t is null ? null : t < 6, p is null ? null : p < 6),
                "t + p > 11" => t is null || p is null ? null : t + p > 11,
                "t - p < 3" => t is null || p is null ? null : t - p < 3,
                _ => throw new ArgumentException($"The oracle does not know '{text}'.", nameof(text)),
            };
        }

        private static bool? And(bool? left, bool? right) =>
            left == false || right == false ? false
            : left is null || right is null ? null
            : true;

        private double? Newest(char metric, int judged)
        {
            (int At, double? Value) newest = (int.MinValue, null);
            foreach ((int at, double? t, double? p) in _all.Take(judged + 1))
                if ((metric == 't' ? t : p) is { } value && at >= newest.At)
                    newest = (at, value);
            return newest.Value;
        }

        /// <summary>At that message the metric had been missing for too long, or came back after too long.</summary>
        private bool IsMissing(char metric, int judged)
        {
            int now = _all[judged].At;
            List<int> times = new();
            foreach ((int at, double? t, double? p) in _all.Take(judged + 1))
                if ((metric == 't' ? t : p) is not null && (times.Count == 0 || at > times[^1]))
                    times.Add(at);
            if (times.Count == 0)
                return false;
            if (now - times[^1] > LongestGapSeconds)
                return true;
            return times[^1] == now && times.Count > 1 && now - times[^2] > LongestGapSeconds;
        }
    }
}
