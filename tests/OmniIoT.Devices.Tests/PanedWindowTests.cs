using System.Buffers;
using OmniIoT.Devices.Rules.Windows;

namespace OmniIoT.Devices.Tests;

/// <summary>
/// Windows against all of their readings: late ones, ones that come again, are corrected or stay away, and the largest numbers there
/// are. Where a window holds too many readings to keep them one by one, it may begin earlier, by a pane at most.
/// </summary>
public sealed class PanedWindowTests
{
    private const long Length = 600_000;

    public static TheoryData<int, int> Functions
    {
        get
        {
            TheoryData<int, int> all = [];
            foreach (WindowFunction function in Enum.GetValues<WindowFunction>())
                for (int seed = 0; seed < 3; seed++)
                    all.Add((int)function, seed);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Few_readings_are_all_exact(int function, int seed)
    {
        Walk walk = new((WindowFunction)function, seed);
        for (int i = 0; i < 600; i++)
        {
            bool isLate = walk.Random.Next(4) == 0;
            long at = Math.Max(1, walk.Newest + (isLate ? -walk.Random.Next(700_000) : walk.Random.Next(10, 60_000)));
            if (walk.Random.Next(40) == 0)
                at += 900_000;
            // Not more than fit one by one.
            if (walk.CountWithin(at) < 40)
                walk.Take(at, walk.Number(), replaces: true);
            if (walk.Random.Next(10) == 0)
                walk.Restart();
            Assert.Equal(0, walk.DistanceToOracle(pane: 0));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Of_many_readings_only_the_far_edge_is_by_pane(int function, int seed)
    {
        Walk walk = new((WindowFunction)function, seed);
        for (int i = 0; i < 1_500; i++)
        {
            long at = walk.Newest + walk.Random.Next(1, 2_000);
            walk.Take(at, walk.Number(), replaces: true);
            if (walk.Random.Next(20) == 0)
                walk.Take(at, double.NaN, replaces: true, sentAgain: true);
            if (walk.Random.Next(10) == 0 && !walk.IsOrdered)
                walk.Take(at - walk.Random.Next(500_000), walk.Number(), replaces: false);
            if (walk.Random.Next(100) == 0)
                walk.Restart();
            if (i % 100 == 99)
                Assert.Equal(0, walk.DistanceToOracle(Walk.Pane));
        }
    }

    /// <summary>The order in which readings come is none of the window's business.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Newest_first_is_what_oldest_first_is(int function, int seed)
    {
        Walk forwards = new((WindowFunction)function, seed);
        Walk backwards = new((WindowFunction)function, seed);
        int count = seed % 2 == 0 ? 30 : 3_000;
        (long At, double Value)[] readings =
        [
            .. Enumerable.Range(1, count).Select(i => (i * (Length / count), Math.Round(forwards.Random.NextDouble() * 100, 1))),
        ];
        foreach ((long at, double value) in readings)
            forwards.Take(at, value, replaces: true);
        // The newest says where the window lies; whatever comes then is late.
        foreach ((long at, double value) in readings.Reverse())
            backwards.Take(at, value, replaces: true);

        if (!forwards.IsOrdered || count == 30)
            Assert.Equal(forwards.Result, backwards.Result);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(3_600_000)]
    [InlineData(86_400_000)]
    [InlineData(315_619_200_000)]
    public void A_window_of_any_length_and_rate_has_at_most_600_bytes(long milliseconds)
    {
        foreach (WindowContent content in Enum.GetValues<WindowContent>())
        {
            WindowDefinition definition = new(0, null, TimeSpan.FromMilliseconds(milliseconds), content);
            ReadingWindow window = definition.Open();
            Random random = new(1);
            long at = 1_772_445_600_000;
            for (int i = 0; i < 20_000; i++)
            {
                at += random.NextInt64(Math.Max(2, milliseconds / (i < 10_000 ? 40 : 4_000)));
                window.Add(at - (random.Next(5) == 0 ? random.NextInt64(milliseconds) : 0), random.NextDouble(), replaces: false);
                if (i % 97 == 0)
                {
                    ArrayBufferWriter<byte> snapshot = new();
                    window.Write(new SnapshotWriter(snapshot));
                    Assert.InRange(snapshot.WrittenCount, 1, ReadingWindow.MostBytes);
                }
            }
        }
    }

    /// <summary>A window and all that it was told.</summary>
    private sealed class Walk
    {
        private readonly WindowFunction _function;
        private readonly WindowDefinition _definition;
        private readonly WindowOracle _oracle = new();
        private ReadingWindow _window;
        private byte[] _older = [];

        public Walk(WindowFunction function, int seed)
        {
            _function = function;
            Random = new Random(seed);
            _definition = new WindowDefinition(0, null, TimeSpan.FromMilliseconds(Length), ContentOf(function));
            _window = _definition.Open();
        }

        public Random Random { get; }

        public long Newest { get; private set; } = 1;

        /// <summary>Panes have a thirteenth of the window's length at most.</summary>
        public static long Pane => (Length / 13) + 1;

        /// <summary>
        /// What a counter lost, and which reading is the last of a pane, readings in between that come late do not tell.
        /// </summary>
        public bool IsOrdered => _function is WindowFunction.Increase or WindowFunction.IncreaseRate;

        public double Result => _window.Evaluate(_function, Newest);

        public int CountWithin(long at) => _oracle.Within(Math.Max(at, Newest) - Length - 1).Count;

        /// <summary>A tenth is of any size; a counter counts and begins anew.</summary>
        public double Number() =>
            IsOrdered ? Newest / 100 % 1000
            : Random.Next(10) == 0 ? Random.Next(-9, 10) * Math.ScaleB(1, Random.Next(-1060, 1020))
            : Random.Next(50) == 0 ? (Random.Next(2) == 0 ? double.MaxValue : -double.MaxValue)
            : Math.Round(Random.NextDouble() * 100, 1);

        public void Take(long at, double value, bool replaces, bool sentAgain = false)
        {
            if (sentAgain)
                value = _oracle.At(at);
            Newest = Math.Max(Newest, at);
            _window.Add(at, value, replaces);
            _oracle.Take(at, value, replaces);
        }

        public void Restart()
        {
            ArrayBufferWriter<byte> recent = new();
            if (_window.MustPutAway)
            {
                _window.PutAway();
                ArrayBufferWriter<byte> older = new();
                _window.WriteOlder(new SnapshotWriter(older));
                _older = older.WrittenSpan.ToArray();
            }
            _window.WriteRecent(new SnapshotWriter(recent));
            _window = _definition.Open();
            SnapshotReader reader = new(recent.WrittenSpan);
            _window.Read(ref reader);
            Assert.True(reader.IsAtEnd);
            if (!_window.LacksOlder)
                return;
            SnapshotReader olderReader = new(_older);
            _window.ReadOlder(ref olderReader);
            Assert.True(olderReader.IsAtEnd);
        }

        /// <summary>0 when it is what some window is that begins no more than a pane earlier than it should.</summary>
        public double DistanceToOracle(long pane)
        {
            double result = Result;
            List<(long At, double Value)> readings = _oracle.Within(Newest - Length - pane);
            double nearest = double.PositiveInfinity;
            for (int skipped = 0; skipped <= readings.Count; skipped++)
            {
                if (skipped > 0 && readings[skipped - 1].At > Newest - Length)
                    break;
                if (skipped < readings.Count && pane == 0 && readings[skipped].At <= Newest - Length)
                    continue;
                nearest = Math.Min(nearest, WindowOracle.Distance(_function, readings[skipped..], result));
            }
            return nearest;
        }

        private static WindowContent ContentOf(WindowFunction function) =>
            function switch
            {
                WindowFunction.Count => WindowContent.Counts,
                WindowFunction.Sum or WindowFunction.Average => WindowContent.Sums,
                WindowFunction.Deviation => WindowContent.Spreads,
                WindowFunction.Least or WindowFunction.Most => WindowContent.Extremes,
                _ => WindowContent.Ends,
            };
    }
}
