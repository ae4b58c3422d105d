using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace OmniIoT.Scenarios.Architecture;

/// <summary>
/// What takes many things is given one that has a name, or does too much. Held over the programs as they are built, so that no way to
/// write a parameter list passes it by: methods, local functions, constructors, records.
/// </summary>
public sealed class ParameterListTests
{
    private const int Most = 7;

    private static readonly string[] Tests = ["OmniIoT.Scenarios", "OmniIoT.TestKit"];

    [Fact]
    public void No_list_of_parameters_is_longer_than_seven() =>
        Assert.Empty(
            from assembly in Production()
            from type in assembly.GetTypes()
            where !IsMadeByTools(type)
            from method in type.GetMembers(Everything).OfType<MethodBase>()
            where !IsMadeByTools(method) && method.GetParameters().Length > Most
            select $"{type.FullName}.{method.Name} has {method.GetParameters().Length} parameters"
        );

    [Fact]
    public void All_programs_are_looked_at() =>
        Assert.Superset(
            new HashSet<string?>(["OmniIoT.Host", "OmniIoT.Edge", "OmniIoT.Simulators", "OmniIoT.Domain", "OmniIoT.Mqtt"]),
            new HashSet<string?>(Production().Select(assembly => assembly.GetName().Name))
        );

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static IEnumerable<Assembly> Production() =>
        from path in Directory.EnumerateFiles(AppContext.BaseDirectory, "OmniIoT.*.dll")
        let name = Path.GetFileNameWithoutExtension(path)
        where !Tests.Contains(name)
        select Assembly.Load(name);

    /// <summary>Nobody reads or calls what a generator or the compiler wrote for itself: serializers, closures, deconstruction.</summary>
    private static bool IsMadeByTools(MemberInfo member) =>
        member.IsDefined(typeof(GeneratedCodeAttribute))
        || (member.IsDefined(typeof(CompilerGeneratedAttribute)) && !member.Name.Contains("g__", StringComparison.Ordinal))
        || (member.DeclaringType is { } outer && IsMadeByTools(outer));
}
