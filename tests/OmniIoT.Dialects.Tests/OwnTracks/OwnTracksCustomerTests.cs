using OmniIoT.Dialects.OwnTracks;
using OmniIoT.Dialects.Tests.Makers;

namespace OmniIoT.Dialects.Tests.OwnTracks;

public sealed class OwnTracksCustomerTests
{
    private readonly OwnTracksCustomer _customer = new("ann");

    [Theory]
    [InlineData("owntracks/customer:ann/phone", true)]
    [InlineData("owntracks/ann/phone", true)]
    [InlineData("owntracks/+/+", true)]
    [InlineData("owntracks/customer:anna/phone", false)]
    [InlineData("owntracks/bob/phone", false)]
    [InlineData("v1/devices/me/telemetry", false)]
    [InlineData("tele/ann/SENSOR", false)]
    public void It_speaks_of_itself_only(string topic, bool speaks) => Assert.Equal(speaks, _customer.Speaks(topic));

    [Theory]
    [InlineData(
        """{"_type":"location","lat":40.41,"lon":49.86,"acc":8,"tst":1376715317,"batt":80}""",
        """location {"ts":1376715317000,"lat":40.41,"lon":49.86,"accuracy":8}"""
    )]
    [InlineData("""{"_type":"transition","event":"enter","desc":"Home","tst":1,"lat":1,"lon":2}""", null)]
    [InlineData("""{"_type":"status"}""", null)]
    [InlineData("", null)]
    public void Its_positions_are_the_customers_and_the_rest_means_nothing(string payload, string? said) =>
        Assert.Equal(said is null ? [] : [said], _customer.Read("owntracks/customer:ann/phone", payload).Said());

    [Fact]
    public void What_is_encrypted_is_not_understood() =>
        Assert.NotNull(_customer.Read("owntracks/ann/phone", """{"_type":"encrypted","data":"x"}""").Mistake);
}
