using System.Text;
using OmniIoT.Dialects.AzureIotHub;

namespace OmniIoT.Dialects.Tests.AzureIotHub;

public sealed class PropertyBagTests
{
    [Fact]
    public void A_bag_is_read_in_order_with_its_escapes()
    {
        OrderedDictionary<string, string?> bag = Parse("%24.mid=1&alert=a%20b%26c&empty=&alone&umlaut=%C3%BC&a=1&a=2");

        Assert.Equal(
            [new("$.mid", "1"), new("alert", "a b&c"), new("empty", ""), new("alone", null), new("umlaut", "ü"), new("a", "2")],
            bag.AsEnumerable()
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=1")]
    [InlineData("alone")]
    [InlineData("empty=")]
    [InlineData("%24.mid=a%2Fb&x%3Dy=%26%3F%23%2B&%C3%BC=%F0%9F%98%80")]
    public void A_bag_comes_back_as_it_was(string bag) => Assert.Equal(bag, PropertyBag.Format(Parse(bag)));

    [Fact]
    public void What_is_not_encoded_as_it_should_be_is_taken_as_it_stands() =>
        Assert.Equal([new("a", "100%")], Parse("&a=100%&&=x").AsEnumerable());

    private static OrderedDictionary<string, string?> Parse(string bag) => PropertyBag.Parse(Encoding.UTF8.GetBytes(bag));
}
