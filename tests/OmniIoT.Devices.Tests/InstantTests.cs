using System.Text;
using System.Text.Json;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Tests;

public sealed class InstantTests
{
    private const long Reference = 1_795_311_180_000;

    [Theory]
    [InlineData("2026-11-22T01:33:00.000Z", Reference)]
    [InlineData("2026-11-22T01:33:00Z", Reference)]
    [InlineData("2026-11-22T01:33Z", Reference)]
    [InlineData("2026-11-22 01:33:00", Reference)]
    [InlineData("2026-11-22T05:33:00+04:00", Reference)]
    [InlineData("2026-11-21T20:03:00-0530", Reference)]
    [InlineData("2026-11-22T05:33:00+04", Reference)]
    [InlineData("2026-11-22T01:33:00.1239999Z", Reference + 123)]
    [InlineData("2026-11-22T01:33:00,5Z", Reference + 500)]
    [InlineData("1970-01-01", 0)]
    [InlineData("1795311180000", Reference)]
    [InlineData("-1", -1)]
    public void Times_are_read_as_utc(string text, long expected)
    {
        Assert.True(Instant.TryParse(text, out Instant fromText));
        Assert.True(Instant.TryParse(Encoding.UTF8.GetBytes(text), out Instant fromUtf8));

        Assert.Equal(new Instant(expected), fromText);
        Assert.Equal(new Instant(expected), fromUtf8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T01:60:00Z")]
    [InlineData("2026-11-22T01:33:00.Z")]
    [InlineData("2026-11-22T01:33:00+")]
    [InlineData("2026-11-22T01:33:00+25:00")]
    [InlineData("2026-11-22T01:33:00Zulu")]
    [InlineData("0000-01-01")]
    [InlineData("999999999999999999")]
    [InlineData("٢٠٢٦-11-22")]
    public void What_is_no_time_is_not_read(string text) => Assert.False(Instant.TryParse(text, out _));

    [Fact]
    public void It_is_written_with_milliseconds_and_Z() => Assert.Equal("2026-11-22T01:33:00.000Z", new Instant(Reference).ToString());

    [Fact]
    public void Written_times_read_back_over_the_whole_range()
    {
        Random random = new(7);
        foreach (Instant edge in new[] { Instant.MinValue, Instant.MaxValue })
            Assert.True(Instant.TryParse(edge.ToString(), out _));
        for (int i = 0; i < 2000; i++)
        {
            Instant instant = new(random.NextInt64(Instant.MinValue.UnixMilliseconds, Instant.MaxValue.UnixMilliseconds));
            Assert.True(Instant.TryParse(instant.ToString(), out Instant read));
            Assert.Equal(instant, read);
        }
    }

    [Fact]
    public void Json_takes_text_and_numbers_and_writes_text()
    {
        Assert.Equal("\"2026-11-22T01:33:00.000Z\"", JsonSerializer.Serialize(new Instant(Reference)));
        Assert.Equal(new Instant(Reference), JsonSerializer.Deserialize<Instant>("1795311180000"));
        Assert.Equal(new Instant(Reference), JsonSerializer.Deserialize<Instant>("1795311180000.75"));
        Assert.Equal(new Instant(Reference), JsonSerializer.Deserialize<Instant>("\"2026-11-22T05:33:00+04:00\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Instant>("true"));
    }

    [Fact]
    public void Spans_add_and_subtract()
    {
        Instant at = new(1_000);

        Assert.Equal(new Instant(3_500), at + TimeSpan.FromSeconds(2.5));
        Assert.Equal(new Instant(-1_500), at - TimeSpan.FromSeconds(2.5));
        Assert.Equal(TimeSpan.FromSeconds(1), at - new Instant(0));
        Assert.True(at > new Instant(999) && at >= new Instant(1_000) && new Instant(999) < at);
    }
}
