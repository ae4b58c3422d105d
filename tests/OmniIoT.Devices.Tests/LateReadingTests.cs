namespace OmniIoT.Devices.Tests;

/// <summary>Readings that come late, and out of order: each is judged where it lies in device time.</summary>
public sealed class LateReadingTests
{
    [Theory]
    [InlineData("t > 80 for 30s", "0:90 10:90 20:90 15:10 31:90", "")]
    [InlineData("t > 80", "60:20 30:95", "30–60 since 30")]
    [InlineData("t > 80 for 30s", "0:85 10:85 20:85 15:70 30:85 49:85", "")]
    [InlineData("t > 80 for 30s", "0:85 10:85 20:85 15:70 30:85 50:85", "50– since 20")]
    [InlineData("t > 80 for 5m", "0:85 300:85 60:85 120:85 180:85 240:85", "300– since 0")]
    [InlineData("t > 80 for 5m", "0:85 300:85 120:85", "300– since 0")]
    [InlineData("t > 80 for 5m", "0:85 300:85 100:85", "")]
    [InlineData("t > 80 for 30s", "0:90 30:90 15:20", "")]
    [InlineData("t > 80 for 30s", "0:90 30:90 40:90 60:90 15:20", "60– since 30")]
    [InlineData("t > 80", "60:95 30:95", "30– since 30")]
    [InlineData("t > 80", "60:95 30:95 45:20", "30–45 since 30, 60– since 60")]
    [InlineData("t > 80", "30:95 45:20 60:95 45.5:95 45.2:90", "30–45 since 30, 45– since 45")]
    [InlineData("t > 80", "0:20 10:95 5:95", "5– since 5")]
    [InlineData("t > 80", "0:95 10:20 5:20", "0–5 since 0")]
    [InlineData("t > 80", "0:95 10:20 20:95 10.5:95 30:20", "0–10 since 0, 10–30 since 10")]
    public void A_late_reading_is_judged_where_it_lies(string when, string readings, string alarms) =>
        Assert.Equal(alarms, After(TestDevice.Of(when), readings).Alarms);

    [Theory]
    [InlineData("0:90 10:70 50:70 70:70 40:78", "0– since 0")]
    [InlineData("0:90 10:70 50:70 70:70 40:78 110:70", "0–110 since 0")]
    [InlineData("0:90 10:78 70:70 40:74 100:70", "0–100 since 0")]
    [InlineData("0:90 200:70 260:70 60:70 120:70", "0–120 since 0")]
    [InlineData("70:70 10:70 0:90", "0–70 since 0")]
    public void It_breaks_or_fills_how_long_an_alarm_must_be_over(string readings, string alarms) =>
        Assert.Equal(alarms, After(TestDevice.Of("t > 80", "t < 75 for 60s"), readings).Alarms);

    [Theory]
    [InlineData("t > 80", null)]
    [InlineData("t > 80 for 30s", null)]
    [InlineData("t > 80", "t < 75 for 30s")]
    [InlineData("t > 80 for 1m", "t < 75 for 30s")]
    public void A_buffer_sent_newest_first_ends_in_the_same_alarms(string when, string? clear)
    {
        string[] readings =
        [
            .. Enumerable.Range(0, 40).Select(i => $"{i * 15}:{(i is > 4 and < 9 or > 14 and < 17 or > 25 and < 34 ? 90 : 70)}"),
        ];
        TestDevice inOrder = After(TestDevice.Of(when, clear), string.Join(' ', readings));

        Assert.NotEmpty(inOrder.Alarms);
        Assert.Equal(inOrder.Alarms, After(TestDevice.Of(when, clear), string.Join(' ', readings.Reverse())).Alarms);
    }

    [Theory]
    [InlineData("t > 80 for 10m", "7200:20 0:90")]
    [InlineData("t > 80 for 10m", "7200:90 0:90")]
    [InlineData("t > 80", "7200:20 0:90")]
    public void What_lies_further_back_than_the_rules_look_raises_nothing(string when, string readings) =>
        Assert.Equal("", After(TestDevice.Of(when), readings).Alarms);

    [Fact]
    public void How_long_an_alarm_must_be_over_counts_from_when_its_condition_ended()
    {
        TestDevice device = TestDevice.Of("t > 80 or p > 5", "t < 75 for 60s");

        Assert.Equal("raised@0 since 0", device.Say(0, """{"t":70,"p":6}"""));
        Assert.Equal("", device.Say(60, """{"p":6}"""));
        Assert.Equal("", device.Say(100, """{"p":1}"""));
        Assert.Equal("", device.Say(159, """{"t":70}"""));
        Assert.Equal("cleared@160", device.Say(160, """{"t":70}"""));
    }

    private static TestDevice After(TestDevice device, string readings)
    {
        foreach (string[] reading in readings.Split(' ').Select(reading => reading.Split(':')))
            device.Say(double.Parse(reading[0], System.Globalization.CultureInfo.InvariantCulture), $$"""{"t":{{reading[1]}}}""");
        return device;
    }
}
