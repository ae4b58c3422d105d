using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["model", "customerId", "siteId", "name"];

    [Theory]
    [InlineData("siteID", "siteId")]
    [InlineData("nmae", "name")]
    [InlineData("modle", "model")]
    [InlineData("customer", "customerId")]
    [InlineData("site_id", "siteId")]
    [InlineData("NAME", "name")]
    [InlineData("", "name")]
    public void The_nearest_takes_the_fewest_changes(string name, string nearest) => Assert.Equal(nearest, NearestName.Among(Known, name));

    [Fact]
    public void What_is_wrong_is_said_with_all_that_is_known()
    {
        Assert.Equal(
            "is not known here; the nearest is siteId, known are model, customerId, siteId, name",
            NearestName.Explain("siteID", Known)
        );
        Assert.Equal("is not known here; nothing is", NearestName.Explain("x", []));
    }
}
