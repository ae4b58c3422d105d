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
        int transitions = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            int seconds = random.Next(1, 100);
            string duration = seconds.ToString(CultureInfo.InvariantCulture);
            TestDevice device = TestDevice.Of(
                when.Replace("{d}", duration, StringComparison.Ordinal),
                clear?.Replace("{d}", duration, StringComparison.Ordinal)
            );
            Oracle oracle = new(when, clear, metrics, seconds);
            int at = 0;
            for (int message = 0; message < 80; message++)
            {
                at +=
                    random.Next(10) == 0 ? -random.Next(60)
                    : random.Next(12) == 0 ? random.Next(170, 200)
                    : random.Next(40);
                double? t = random.Next(4) == 0 ? null : random.Next(3, 9);
                double? p = random.Next(4) == 0 ? null : random.Next(3, 9);
                string values = string.Join(
                    ',',
                    new[] { t is null ? null : $"\"t\":{t}", p is null ? null : $"\"p\":{p}" }.Where(value => value is not null)
                );
                if (random.Next(20) == 0)
                    device.Restart();

                string expected = oracle.Say(at, t, p);
                if (expected.Length > 0)
                    transitions++;

                Assert.Equal($"{seed}/{message}: {expected}", $"{seed}/{message}: {device.Say(at, $"{{{values}}}")}");
            }
        }
        Assert.True(transitions > 5, $"only {transitions} alarms were raised or cleared: the histories prove nothing");
    }

    private sealed class Oracle(string when, string? clear, string metrics, int seconds)
    {
        private readonly List<(int At, double? T, double? P)> _all = [];
        private readonly List<int> _judged = [];
        private int? _raisedAfter;
        private int _raisedAt;
        private int _newest = int.MinValue;

        public string Say(int at, double? t, double? p)
        {
            _all.Add((at, t, p));
            if (at < _newest && !IsNewestOfAMetric(at, t, p))
                return "";
            _newest = Math.Max(at, _newest);
            _judged.Add(_all.Count - 1);
            if (_raisedAfter is null)
            {
                int? since = Since(when, 0);
                if (since is null || (IsTimed(when) && HeardUntil() - since < seconds))
                    return "";
                _raisedAfter = _judged.Count;
                _raisedAt = IsTimed(when) ? HeardUntil() : at;
                return $"raised@{_raisedAt} since {(IsTimed(when) ? since : at)}";
            }
            if (!Clears())
                return "";
            _raisedAfter = null;
            return $"cleared@{Math.Max(_raisedAt, IsTimed(clear ?? "") ? HeardUntil() : at)}";
        }

        private static bool IsTimed(string text) => text.Contains("for", StringComparison.Ordinal);

        private bool Clears()
        {
            if (clear is null)
                return Holds(when, _judged.Count - 1) == false;
            int? since = Since(clear, _raisedAfter!.Value);
            return since is not null && (!IsTimed(clear) || HeardUntil() - since >= seconds);
        }

        /// <summary>A late message counts where it is the newest word on a metric.</summary>
        private bool IsNewestOfAMetric(int at, double? t, double? p) =>
            metrics.Any(metric =>
                (metric == 't' ? t : p) is not null && _all.All(said => (metric == 't' ? said.T : said.P) is null || said.At <= at)
            );

        /// <summary>Since when the condition holds, judged messages from the given one on.</summary>
        private int? Since(string text, int first)
        {
            int? since = null;
            for (int i = first; i < _judged.Count; i++)
            {
                if (Holds(text, i) != true)
                    since = null;
                else if (since is null || (since < _all[_judged[i]].At && metrics.Any(metric => IsMissing(metric, i))))
                    since = _all[_judged[i]].At;
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
            foreach ((int at, double? t, double? p) in _all.Take(_judged[judged] + 1))
                if ((metric == 't' ? t : p) is { } value && at >= newest.At)
                    newest = (at, value);
            return newest.Value;
        }

        /// <summary>Where device time stands, or the last word of a metric that was missing for too long by then.</summary>
        private int HeardUntil() =>
            metrics
                .Select(metric => _all.Where(said => (metric == 't' ? said.T : said.P) is not null).Select(said => said.At).ToList())
                .Where(times => times.Count > 0 && _newest - times.Max() > LongestGapSeconds)
                .Select(times => times.Max())
                .Append(_newest)
                .Min();

        /// <summary>At that message the metric had been missing for too long, or came back after too long.</summary>
        private bool IsMissing(char metric, int judged)
        {
            int now = _all[_judged[judged]].At;
            List<int> times = new();
            foreach ((int at, double? t, double? p) in _all.Take(_judged[judged] + 1))
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
