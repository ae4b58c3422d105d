namespace OmniIoT.Grains.Tests;

/// <summary>Who was merged into whom and what each brought, without any cleverness.</summary>
internal sealed class PersonModel
{
    private readonly Dictionary<string, Part> _parts = [];

    /// <summary>Null: there is no such customer.</summary>
    public string? SurvivorOf(string id)
    {
        if (!_parts.TryGetValue(id, out Part? part))
            return null;
        return part.Into is { } into ? SurvivorOf(into) : id;
    }

    public void Add(string id, params string[] addresses) => _parts.Add(id, new Part(addresses));

    public void Say(string id, string text) => _parts[id].Words.Add(text);

    /// <summary>Who was merged away already is who survived it.</summary>
    public bool TryMerge(string into, string from)
    {
        if (SurvivorOf(from) is not { } survivor || survivor == into)
            return false;
        _parts[survivor].Into = into;
        return true;
    }

    public bool TryUnmerge(string into, string from)
    {
        if (!_parts.TryGetValue(from, out Part? part) || part.Into != into)
            return false;
        part.Into = null;
        return true;
    }

    /// <summary>Who was merged into a survivor, by id.</summary>
    public IEnumerable<string> PartsOf(string into) => _parts.Where(pair => pair.Value.Into == into).Select(pair => pair.Key).Order();

    /// <summary>With the whole person.</summary>
    public bool TryErase(string id)
    {
        if (SurvivorOf(id) is null)
            return false;
        foreach (string member in MembersOf(id).ToList())
            _parts.Remove(member);
        return true;
    }

    /// <summary>All that the person has, in their order.</summary>
    public IEnumerable<string> AddressesOf(string id) => MembersOf(id).SelectMany(member => _parts[member].Addresses).Distinct().Order();

    public IEnumerable<string> WordsOf(string id) => MembersOf(id).SelectMany(member => _parts[member].Words).Order();

    /// <summary>Each customer that has the address, of its own or from those who were merged into it, by id.</summary>
    public IEnumerable<string> BearersOf(string address) =>
        _parts.Keys.Where(id => Behind(id).Any(part => part.Addresses.Contains(address))).Order();

    private IEnumerable<string> MembersOf(string id) =>
        SurvivorOf(id) is { } survivor ? _parts.Keys.Where(other => SurvivorOf(other) == survivor) : [];

    private IEnumerable<Part> Behind(string id) =>
        [_parts[id], .. _parts.Where(pair => pair.Value.Into == id).SelectMany(pair => Behind(pair.Key))];

    private sealed class Part(IReadOnlyList<string> addresses)
    {
        public IReadOnlyList<string> Addresses => addresses;

        public List<string> Words { get; } = [];

        public string? Into { get; set; }
    }
}
