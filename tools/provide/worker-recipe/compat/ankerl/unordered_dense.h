// The worker keeps its tables in ankerl::unordered_dense, a header-only library that not every
// distribution packages. Where it is installed it is used; elsewhere the standard containers stand in:
// same interface, and stricter about when iterators stay valid.
#ifndef SWITCHYARD_COMPAT_ANKERL_UNORDERED_DENSE_H
#define SWITCHYARD_COMPAT_ANKERL_UNORDERED_DENSE_H

#if __has_include_next(<ankerl/unordered_dense.h>)

#include_next <ankerl/unordered_dense.h>

#else

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<typename Key>
	using hash = std::hash<Key>;

	template<typename Key, typename Value, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<typename Key, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense

#endif

#endif
