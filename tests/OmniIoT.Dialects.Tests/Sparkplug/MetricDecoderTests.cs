using OmniIoT.Devices.Metrics;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Tests.Sparkplug;

public sealed class MetricDecoderTests
{
    [Theory]
    [InlineData(MetricDataType.Int8, WireField.Int, 0xFFFFFFF8UL, -8)]
    [InlineData(MetricDataType.Int8, WireField.Int, 0xF8UL, -8)]
    [InlineData(MetricDataType.Int16, WireField.Int, 0xFFFFUL, -1)]
    [InlineData(MetricDataType.Int32, WireField.Int, 0xFFFFFFFFUL, -1)]
    [InlineData(MetricDataType.Int32, WireField.Long, 0xFFFFFFFFFFFFFFFFUL, -1)]
    [InlineData(MetricDataType.Int64, WireField.Long, 0xFFFFFFFFFFFFFFFFUL, -1)]
    [InlineData(MetricDataType.UInt8, WireField.Int, 200UL, 200)]
    [InlineData(MetricDataType.UInt16, WireField.Int, 60000UL, 60000)]
    [InlineData(MetricDataType.UInt32, WireField.Int, 4000000000UL, 4e9)]
    [InlineData(MetricDataType.UInt32, WireField.Long, 4000000000UL, 4e9)]
    [InlineData(MetricDataType.UInt64, WireField.Long, 5000000000UL, 5e9)]
    [InlineData(MetricDataType.DateTime, WireField.Long, 1764000000000UL, 1764000000000d)]
    [InlineData(MetricDataType.Double, WireField.Double, 0x3FF8000000000000UL, 1.5)]
    [InlineData(MetricDataType.Float, WireField.Float, 0x3FC00000UL, 1.5)]
    public void Numbers_mean_what_their_type_says(MetricDataType type, WireField field, ulong bits, double expected)
    {
        Assert.Equal(SkipReason.None, MetricDecoder.Decode(type, WireValue.Of(field, bits), out MetricValue value));
        Assert.Equal(MetricValue.FromNumber(expected), value);
    }

    [Theory]
    [InlineData(MetricDataType.Boolean, WireField.Boolean)]
    [InlineData(MetricDataType.Boolean, WireField.Int)]
    public void Booleans_are_booleans(MetricDataType type, WireField field)
    {
        MetricDecoder.Decode(type, WireValue.Of(field, 1), out MetricValue value);
        Assert.Equal(MetricValue.FromBoolean(true), value);
    }

    [Fact]
    public void Bytes_are_kept_as_base64()
    {
        Assert.Equal(
            SkipReason.None,
            MetricDecoder.Decode(MetricDataType.Bytes, WireValue.Of(WireField.Bytes, new byte[] { 1, 2, 3 }), out MetricValue value)
        );
        Assert.Equal("AQID", value.Text);
    }

    [Fact]
    public void What_cannot_be_kept_says_why()
    {
        Assert.Equal(SkipReason.NotFinite, MetricDecoder.Decode(MetricDataType.Double, Payloads.Number("a", double.NaN).Value, out _));
        Assert.Equal(SkipReason.NotScalar, MetricDecoder.Decode(MetricDataType.Template, WireValue.Of(WireField.Template, 0), out _));
        Assert.Equal(SkipReason.NotScalar, MetricDecoder.Decode((MetricDataType)24, WireValue.Of(WireField.Bytes, new byte[4]), out _));
        Assert.Equal(SkipReason.Null, MetricDecoder.Decode(MetricDataType.Int8, default, out _));
        // Twice as long in JSON.
        Assert.Equal(SkipReason.TooLong, MetricDecoder.Decode(MetricDataType.Text, Payloads.Text("a", new string('"', 3000)).Value, out _));
    }
}
