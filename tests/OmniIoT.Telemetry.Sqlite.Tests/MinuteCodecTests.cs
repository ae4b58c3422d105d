using OmniIoT.Devices.Metrics;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Tests;

public sealed class MinuteCodecTests
{
    private readonly Bucket[] _minutes = new Bucket[MinuteCodec.MinutesPerHour];
    private readonly PackWriter _packed = new();

    [Fact]
    public void All_digits_of_a_sum_come_back()
    {
        foreach (double number in new[] { 0.1, 0.2, 0.3 })
            _minutes[7].Add(MetricValue.FromNumber(number));
        foreach (double number in new[] { 1.797e308, 1.797e308, 1 })
            _minutes[8].Add(MetricValue.FromNumber(number));
        _minutes[59].Add(MetricValue.FromNumber(5));

        MinuteCodec.Encode(_packed, _minutes);
        Bucket[] read = new Bucket[MinuteCodec.MinutesPerHour];
        MinuteCodec.Decode(_packed.Written, read);

        Assert.Equal(_minutes.Select(minute => minute.Sum.Parts), read.Select(minute => minute.Sum.Parts));
        Assert.Equal(
            _minutes.Select(minute => (minute.Min, minute.Max, minute.Count)),
            read.Select(minute => (minute.Min, minute.Max, minute.Count))
        );
    }

    [Fact]
    public void What_earlier_versions_wrote_is_read()
    {
        WriteAsBefore(3, 1, 5);
        WriteAsBefore(4, 2, double.PositiveInfinity, 1.5e308, 1.7e308);

        MinuteCodec.Decode(_packed.Written, _minutes);

        Assert.Equal((5d, 5d, 5d, 1L), (_minutes[3].Min, _minutes[3].Average, _minutes[3].Max, _minutes[3].Count));
        Assert.InRange(_minutes[4].Average, 1.5e308, 1.7e308);
        Assert.Equal(0, _minutes.Where((minute, i) => i is not (3 or 4)).Sum(minute => minute.Count));
    }

    [Fact]
    public void Earlier_versions_that_take_the_last_of_two_have_the_sum_as_they_know_it()
    {
        foreach (double number in new[] { 0.1, 0.2, 0.3 })
            _minutes[7].Add(MetricValue.FromNumber(number));
        MinuteCodec.Encode(_packed, _minutes);

        PackReader input = new(_packed.Written);
        Assert.Equal((7, 1ul), (input.Byte(), input.Unsigned()));
        input.Double();

        Assert.Equal((7, 3ul, 0.6, 0.1, 0.3), (input.Byte(), input.Unsigned(), input.Double(), input.Double(), input.Double()));
        Assert.True(input.IsAtEnd);
    }

    private void WriteAsBefore(byte minute, ulong count, params double[] sumAndBounds)
    {
        _packed.Byte(minute);
        _packed.Unsigned(count);
        foreach (double number in sumAndBounds)
            _packed.Double(number);
    }
}
